import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kernel', '0004_tokens_say_themselves'),
        ('people', '0003_registers'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('key', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('open', 'Open'), ('closed', 'Closed')], default='draft', max_length=8)),
                ('draft', models.JSONField(default=dict)),
                ('seen', models.IntegerField(default=0)),
                ('numbered', models.IntegerField(default=0)),
                ('number_year', models.SmallIntegerField(default=0)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.SmallIntegerField()),
                ('data', models.JSONField()),
                ('opened_at', models.DateTimeField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='admissions.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='admissions_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='admissions.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('programme', 'person'), name='admissions_invited_once')],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('number', models.CharField(blank=True, max_length=32)),
                ('title', models.CharField(blank=True, max_length=60)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('step', models.SmallIntegerField(default=0)),
                ('role', models.CharField(blank=True, max_length=20)),
                ('answers_cipher', models.BinaryField(blank=True, null=True)),
                ('marks', models.JSONField(blank=True, default=dict)),
                ('reason', models.TextField(blank=True)),
                ('appeal', models.TextField(blank=True)),
                ('begun_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('appealed_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('waiting_since', models.DateTimeField(blank=True, null=True)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('business', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='admissions.programme')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='admissions.version')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('role', ''), _negated=True), fields=['due_at'], name='admissions_at_the_desk'), models.Index(condition=models.Q(('state', 'waiting')), fields=['programme', 'waiting_since'], name='admissions_waiting'), models.Index(fields=['person', 'state'], name='admissions__person__1c1325_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('business', None), ('organisation', None), ('state__in', ['appealed', 'checking', 'draft', 'returned', 'sent', 'waiting'])), fields=('programme', 'person'), name='admissions_one_open_of_a_person'), models.UniqueConstraint(condition=models.Q(('business__isnull', False), ('state__in', ['appealed', 'checking', 'draft', 'returned', 'sent', 'waiting'])), fields=('programme', 'business'), name='admissions_one_open_of_a_business'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', False), ('state__in', ['appealed', 'checking', 'draft', 'returned', 'sent', 'waiting'])), fields=('programme', 'organisation'), name='admissions_one_open_of_a_unit')],
            },
        ),
        migrations.CreateModel(
            name='Admission',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('title', models.CharField(max_length=60)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('state', models.CharField(default='running', max_length=10)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('told', models.SmallIntegerField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('business', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.business')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('application', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='admission', to='admissions.application')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='admissions', to='admissions.programme')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='admissions.version')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'running')), fields=['ends'], name='admissions_running_until'), models.Index(fields=['programme', 'state'], name='admissions__program_c86672_idx'), models.Index(fields=['person', 'state'], name='admissions__person__da0fc5_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('business', None), ('organisation', None), ('state', 'running')), fields=('programme', 'person', 'title'), name='admissions_held_once_by_a_person'), models.UniqueConstraint(condition=models.Q(('business__isnull', False), ('state', 'running')), fields=('programme', 'business', 'title'), name='admissions_held_once_by_a_business'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', False), ('state', 'running')), fields=('programme', 'organisation', 'title'), name='admissions_held_once_by_a_unit')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True)),
                ('code_cipher', models.BinaryField()),
                ('code_index', models.BinaryField(max_length=32, unique=True)),
                ('begins', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('issued_on', models.DateField()),
                ('replaced', models.BooleanField(default=False)),
                ('printed', models.SmallIntegerField(default=0)),
                ('admission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='admissions.admission')),
            ],
            options={
                'ordering': ['-issued_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('made', models.UUIDField(blank=True, null=True)),
                ('ended', models.BooleanField(default=False)),
                ('admission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='admissions.admission')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('admission', 'kind'), name='admissions_granted_once')],
            },
        ),
        migrations.AddField(
            model_name='programme',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='admissions.version'),
        ),
    ]
