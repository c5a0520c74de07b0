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
            name='Duty',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('kind', models.CharField(choices=[('roster', 'Roster: volunteers sign up'), ('rhythm', 'Rhythm of a unit: kept or missed')], default='roster', max_length=12)),
                ('title', models.CharField(max_length=60)),
                ('what', models.CharField(blank=True, max_length=500)),
                ('where', models.CharField(blank=True, max_length=120)),
                ('team_only', models.BooleanField(default=False)),
                ('rule', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('without', models.JSONField(blank=True, default=list)),
                ('free_days', models.CharField(choices=[('keep', 'also on days off'), ('next', 'moved to the next working day'), ('skip', 'left out on days off')], default='keep', max_length=4)),
                ('begins', models.TimeField()),
                ('ends', models.TimeField()),
                ('needs', models.PositiveSmallIntegerField(default=1)),
                ('back_hours', models.PositiveSmallIntegerField(default=24)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.record')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('keeper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'ordering': ['title', 'pk'],
                'indexes': [models.Index(fields=['area', 'ended_on'], name='duties_duty_area_id_5198b7_idx')],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('nominal', models.DateField()),
                ('day', models.DateField()),
                ('begins', models.DateTimeField(db_index=True)),
                ('ends', models.DateTimeField()),
                ('needs', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('planned', 'planned'), ('kept', 'kept'), ('missed', 'missed'), ('dropped', 'dropped')], default='planned', max_length=8)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='duties.duty')),
            ],
            options={
                'ordering': ['begins', 'pk'],
                'indexes': [models.Index(fields=['state', 'ends'], name='duties_shif_state_dd525d_idx')],
                'constraints': [models.UniqueConstraint(fields=('duty', 'nominal'), name='duties_shift_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Signup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.PositiveSmallIntegerField()),
                ('taken_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('offered_at', models.DateTimeField(blank=True, null=True)),
                ('came_at', models.DateTimeField(blank=True, null=True)),
                ('minutes', models.PositiveSmallIntegerField(default=0)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signups', to='duties.shift')),
            ],
            options={
                'ordering': ['seat'],
                'indexes': [models.Index(fields=['person', 'left_at'], name='duties_sign_person__2ea612_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('shift', 'seat'), name='duties_seat_once'), models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('shift', 'person'), name='duties_person_once_a_shift')],
            },
        ),
        migrations.CreateModel(
            name='Exchange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('agreed', models.BooleanField(default=False)),
                ('against', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='given_for', to='duties.signup')),
                ('offered', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked_for', to='duties.signup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('offered', 'against'), name='duties_exchange_once')],
            },
        ),
    ]
