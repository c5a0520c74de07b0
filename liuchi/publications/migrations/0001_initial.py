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
            name='Seen',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('until', models.DateField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('title', models.CharField(max_length=60)),
                ('trades', models.JSONField(blank=True, default=list)),
                ('minutes', models.PositiveSmallIntegerField(default=5)),
                ('political', models.BooleanField(default=False)),
                ('needs_sign_off', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('public', 'published'), ('ended', 'ended')], default='draft', max_length=6)),
                ('version', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('kind', models.CharField(choices=[('leaflet', 'Leaflet'), ('notice', 'Notice'), ('board', 'Publicity board')], default='leaflet', max_length=8)),
                ('code', models.CharField(max_length=12, unique=True)),
                ('title', models.CharField(max_length=80)),
                ('words', models.TextField()),
                ('purpose', models.CharField(blank=True, max_length=80)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='ServiceItem',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('number', models.PositiveSmallIntegerField()),
                ('aspect', models.CharField(choices=[('travel', 'Getting about'), ('food', 'Meals'), ('medical', 'Seeing a doctor'), ('rest', 'Rest'), ('charging', 'Charging'), ('legal', 'Law'), ('counselling', 'Listening'), ('training', 'Learning and jobs'), ('housing', 'Housing'), ('family', 'Family')], max_length=12)),
                ('kind', models.CharField(choices=[('service', 'Service'), ('benefit', 'Benefit'), ('measure', 'Friendly measure')], default='service', max_length=8)),
                ('name', models.CharField(max_length=60)),
                ('what', models.CharField(max_length=300)),
                ('for_whom', models.CharField(blank=True, max_length=120)),
                ('steps', models.JSONField(default=list)),
                ('where', models.CharField(blank=True, max_length=120)),
                ('place', models.UUIDField(blank=True, null=True)),
                ('office_phone', models.CharField(blank=True, max_length=40)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('news', models.CharField(blank=True, max_length=200)),
                ('news_at', models.DateTimeField(blank=True, null=True)),
                ('english', models.JSONField(blank=True, default=dict)),
                ('initials', models.CharField(blank=True, max_length=80)),
                ('pinyin', models.CharField(blank=True, max_length=240)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('area', 'number'), name='publications_service_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=8)),
                ('on', models.DateField()),
                ('count', models.IntegerField(default=0)),
                ('record', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='kernel.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'what', 'on'), name='publications_counted_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('count', models.IntegerField()),
                ('handed', models.IntegerField(default=0)),
                ('returned', models.IntegerField(blank=True, null=True)),
                ('given_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='publications.material')),
            ],
            options={
                'ordering': ['-given_on', '-record'],
                'constraints': [models.CheckConstraint(condition=models.Q(('team', None), ('person', None), _connector='OR'), name='publications_batch_team_or_person'), models.CheckConstraint(condition=models.Q(('handed__lte', models.F('count'))), name='publications_batch_no_more_than_given')],
            },
        ),
        migrations.CreateModel(
            name='Lecture',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('title', models.CharField(max_length=80)),
                ('speaker', models.CharField(blank=True, max_length=80)),
                ('words', models.TextField(blank=True)),
                ('starts', models.DateTimeField(db_index=True)),
                ('ends', models.DateTimeField()),
                ('video_url', models.URLField(blank=True, max_length=400)),
                ('pulse', models.IntegerField(default=1)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('lesson', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publications.lesson')),
            ],
            options={
                'ordering': ['-starts'],
            },
        ),
        migrations.CreateModel(
            name='Teaching',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('place_words', models.CharField(max_length=120)),
                ('taught_on', models.DateField(db_index=True)),
                ('came', models.PositiveIntegerField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teachings', to='publications.lesson')),
                ('teacher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['-taught_on', '-record'],
                'constraints': [models.UniqueConstraint(fields=('lesson', 'teacher', 'taught_on', 'place_words'), name='publications_taught_once')],
            },
        ),
        migrations.CreateModel(
            name='Done',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('version', models.PositiveSmallIntegerField()),
                ('passed_on', models.DateField(db_index=True)),
                ('signed_on', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='publications.lesson')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('lesson', 'person'), name='publications_done_once')],
            },
        ),
        migrations.CreateModel(
            name='LessonVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('blocks', models.JSONField(default=list)),
                ('questions', models.JSONField(default=list)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='publications.lesson')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('lesson', 'number'), name='publications_lesson_version_once')],
            },
        ),
        migrations.CreateModel(
            name='HandOut',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('key', models.UUIDField(unique=True)),
                ('count', models.IntegerField()),
                ('on', models.DateField(db_index=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_outs', to='publications.batch')),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('key', models.UUIDField(unique=True)),
                ('name', models.CharField(blank=True, max_length=20)),
                ('text', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('waiting', 'not shown yet'), ('shown', 'shown'), ('live', 'answered live'), ('answer', 'answered in writing'), ('hidden', 'hidden')], default='waiting', max_length=8)),
                ('votes', models.IntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('asker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('lecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='publications.lecture')),
            ],
            options={
                'ordering': ['-votes', 'asked_at'],
                'indexes': [models.Index(fields=['lecture', 'state'], name='publication_lecture_ce22c5_idx')],
            },
        ),
    ]
