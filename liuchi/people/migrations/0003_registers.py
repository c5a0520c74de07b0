import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0004_tokens_say_themselves'),
        ('people', '0002_counted'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TradeBranch',
            fields=[
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='trade_branch', serialize=False, to='people.organisation')),
                ('trade', models.CharField(max_length=24)),
            ],
        ),
        migrations.CreateModel(
            name='ClaimPost',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('title', models.CharField(max_length=60)),
                ('words', models.CharField(blank=True, max_length=400)),
                ('where', models.CharField(max_length=120)),
                ('begins', models.DateTimeField()),
                ('ends', models.DateTimeField()),
                ('places', models.PositiveSmallIntegerField()),
                ('taken', models.PositiveSmallIntegerField(default=0)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
            ],
            options={
                'ordering': ['begins'],
                'indexes': [models.Index(fields=['ends'], name='people_clai_ends_b7c3f9_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('taken__lte', models.F('places'))), name='people_never_overbooked')],
            },
        ),
        migrations.CreateModel(
            name='HomeComing',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('person_index', models.BinaryField(blank=True, max_length=32, null=True)),
                ('cipher', models.BinaryField(blank=True, null=True)),
                ('signed_on', models.DateField()),
                ('withdrawn_on', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='home_comings', to='people.organisation')),
            ],
            options={
                'ordering': ['signed_on'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_on', None)), fields=('person_index',), name='people_home_once')],
            },
        ),
        migrations.CreateModel(
            name='ServiceMember',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('person_index', models.BinaryField(blank=True, max_length=32, null=True)),
                ('cipher', models.BinaryField(blank=True, null=True)),
                ('report_agreed_at', models.DateTimeField(blank=True, null=True)),
                ('registered_on', models.DateField()),
                ('left_on', models.DateField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('home_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'ordering': ['registered_on'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('person_index',), name='people_one_community')],
            },
        ),
        migrations.CreateModel(
            name='BranchCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=16, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='home_codes', to='people.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organisation',), name='people_one_code_a_branch')],
            },
        ),
        migrations.CreateModel(
            name='Business',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('name', models.CharField(max_length=80)),
                ('pinyin', models.CharField(blank=True, max_length=240)),
                ('initials', models.CharField(blank=True, max_length=80)),
                ('name_key', models.CharField(blank=True, db_index=True, default='', max_length=80)),
                ('trade', models.CharField(max_length=24)),
                ('chain_link', models.CharField(blank=True, max_length=40)),
                ('licence', models.CharField(blank=True, max_length=18)),
                ('address', models.CharField(blank=True, max_length=120)),
                ('lon', models.FloatField(blank=True, null=True)),
                ('lat', models.FloatField(blank=True, null=True)),
                ('phone_cipher', models.BinaryField(blank=True, null=True)),
                ('phone_index', models.BinaryField(blank=True, db_index=True, max_length=32, null=True)),
                ('consent_at', models.DateTimeField(blank=True, null=True)),
                ('opened_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='businesses', to='territory.area')),
                ('keeper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='businesses', to='people.person')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='people.business')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='businesses', to='people.organisation')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='businesses', to='territory.place')),
            ],
            options={
                'ordering': ['pinyin'],
                'indexes': [models.Index(fields=['trade', 'closed_on'], name='people_busi_trade_9cc3ae_idx'), models.Index(fields=['initials'], name='people_busi_initial_7ef2fc_idx'), models.Index(fields=['licence'], name='people_busi_licence_dadd44_idx'), models.Index(fields=['lat', 'lon'], name='people_busi_lat_4d9968_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('area', 'name', 'address'), name='people_business_once')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('claimed_on', models.DateField()),
                ('given_back_on', models.DateField(blank=True, null=True)),
                ('confirmed_on', models.DateField(blank=True, null=True)),
                ('occasions', models.PositiveSmallIntegerField(default=0)),
                ('hours', models.DecimalField(decimal_places=1, default=0, max_digits=5)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='people.claimpost')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='people.servicemember')),
            ],
            options={
                'ordering': ['claimed_on'],
                'indexes': [models.Index(fields=['confirmed_on'], name='people_clai_confirm_694307_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('given_back_on', None)), fields=('post', 'member'), name='people_claimed_once')],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('trade', models.CharField(max_length=24)),
                ('platform', models.CharField(blank=True, max_length=40)),
                ('vehicle', models.CharField(blank=True, choices=[('ebike', 'E-bike'), ('emotor', 'Electric motorcycle'), ('tricycle', 'Tricycle'), ('car', 'Car'), ('van', 'Van'), ('truck', 'Truck')], max_length=12)),
                ('how', models.CharField(choices=[('self', 'by themselves, on the phone'), ('signed', 'signed on paper'), ('spoken', 'said face to face'), ('called', 'said in a call')], max_length=12)),
                ('registered_on', models.DateField()),
                ('kept_until', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='people.person')),
                ('branch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registered', to='people.tradebranch')),
            ],
            options={
                'ordering': ['-registered_on'],
                'indexes': [models.Index(fields=['trade', 'ended_on'], name='people_regi_trade_b7aa6a_idx'), models.Index(fields=['kept_until'], name='people_regi_kept_un_6904d9_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('person', 'trade'), name='people_registered_once_a_trade')],
            },
        ),
        migrations.CreateModel(
            name='BranchService',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('title', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('occasions', models.PositiveIntegerField()),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='people.tradebranch')),
            ],
            options={
                'ordering': ['-on'],
                'indexes': [models.Index(fields=['on'], name='people_bran_on_7193da_idx')],
            },
        ),
        migrations.AddField(
            model_name='consent',
            name='how',
            field=models.CharField(default='self', max_length=12),
        ),
        migrations.AlterField(
            model_name='look',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='looked_at', to='people.person'),
        ),
        migrations.AlterField(
            model_name='look',
            name='record_id',
            field=models.UUIDField(blank=True, db_index=True, null=True),
        ),
        migrations.AlterField(
            model_name='post',
            name='role',
            field=models.CharField(choices=[('resident', 'Resident'), ('rider', 'Rider'), ('observer', 'Governance observer'), ('grid_worker', 'Grid worker'), ('grid_leader', 'Grid leader'), ('community_clerk', 'Community clerk'), ('dispatcher', 'Street dispatcher'), ('handler', 'Unit handler'), ('secretary', 'Secretary'), ('supervisor', 'Supervisor'), ('administrator', 'Administrator')], max_length=20),
        ),
    ]
