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
            name='Gift',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('kind', models.CharField(choices=[('gift', 'Gift'), ('service', 'Service')], default='gift', max_length=8)),
                ('name', models.CharField(max_length=40)),
                ('words', models.CharField(blank=True, max_length=200)),
                ('cost', models.IntegerField()),
                ('per_month', models.IntegerField(blank=True, null=True)),
                ('open', models.BooleanField(default=True)),
            ],
            options={
                'db_table': 'points_gift',
                'ordering': ['cost', 'name'],
                'constraints': [models.UniqueConstraint(fields=('name',), name='points_gift_name_once'), models.CheckConstraint(condition=models.Q(('cost__gt', 0)), name='points_gift_costs')],
            },
        ),
        migrations.CreateModel(
            name='RuleSet',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('version', models.IntegerField(unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=10)),
                ('day_cap', models.IntegerField(default=20)),
                ('valid_from', models.DateField(null=True, unique=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('trial', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'points_rule_set',
                'ordering': ['-version'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('state',), name='points_one_draft')],
            },
        ),
        migrations.CreateModel(
            name='Window',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('name', models.CharField(max_length=60)),
                ('address', models.CharField(blank=True, max_length=120)),
                ('hours', models.CharField(blank=True, max_length=80)),
                ('keep_days', models.IntegerField(default=7)),
                ('open', models.BooleanField(default=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
            ],
            options={
                'db_table': 'points_window',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('area', 'name'), name='points_window_once'), models.CheckConstraint(condition=models.Q(('keep_days__gt', 0)), name='points_window_keeps')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('home_unit', models.CharField(max_length=80)),
                ('begins', models.DateField()),
                ('ends', models.DateField()),
                ('state', models.CharField(choices=[('asked', 'Waiting for the community'), ('confirmed', 'Confirmed'), ('taken_back', 'Taken back')], default='asked', max_length=10)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('lines', models.JSONField(default=list)),
                ('points', models.IntegerField(default=0)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.area')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
            options={
                'db_table': 'points_statement',
                'ordering': ['-asked_at'],
                'indexes': [models.Index(fields=['state', 'asked_at'], name='points_statement_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'confirmed'])), fields=('person', 'begins', 'ends', 'home_unit'), name='points_statement_once')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'person'), ('issued', 'issued'), ('held', 'held'), ('redeemed', 'redeemed'), ('supply', 'supply'), ('free', 'free'), ('reserved', 'reserved'), ('handed', 'handed'), ('counted', 'counted')], max_length=12)),
                ('key', models.CharField(max_length=160, unique=True)),
                ('event', models.CharField(blank=True, max_length=40)),
                ('day', models.DateField(null=True)),
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('gift', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='points.gift')),
                ('window', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='points.window')),
            ],
            options={
                'db_table': 'points_account',
                'indexes': [models.Index(fields=['kind', 'day'], name='points_account_kind_day')],
            },
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(max_length=40)),
                ('points', models.IntegerField()),
                ('day_cap', models.IntegerField(null=True)),
                ('once', models.BooleanField(default=True)),
                ('rules', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='points.ruleset')),
            ],
            options={
                'db_table': 'points_rule',
                'ordering': ['event'],
                'constraints': [models.UniqueConstraint(fields=('rules', 'event'), name='points_event_once_in_rules'), models.CheckConstraint(condition=models.Q(('points__gt', 0)), name='points_rule_gives')],
            },
        ),
        migrations.CreateModel(
            name='Reservation',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.record')),
                ('key', models.UUIDField(unique=True)),
                ('cost', models.IntegerField()),
                ('state', models.CharField(choices=[('open', 'Waiting at the window'), ('handed', 'Handed over'), ('cancelled', 'Cancelled'), ('expired', 'Not picked up in time')], default='open', max_length=10)),
                ('code_turn', models.SmallIntegerField(default=0)),
                ('code_index', models.BinaryField(max_length=32)),
                ('reserved_at', models.DateTimeField()),
                ('month', models.CharField(max_length=7)),
                ('expires_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('gift', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='points.gift')),
                ('holder', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='points.account')),
                ('window', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reservations', to='points.window')),
            ],
            options={
                'db_table': 'points_reservation',
                'ordering': ['-reserved_at'],
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['expires_at'], name='points_reservation_due'), models.Index(fields=['holder', 'month'], name='points_reservation_month'), models.Index(condition=models.Q(('state', 'handed')), fields=['ended_at'], name='points_reservation_handed'), models.Index(fields=['window', 'ended_at'], name='points_reservation_window'), models.Index(fields=['gift', 'ended_at'], name='points_reservation_gift')],
                'constraints': [models.UniqueConstraint(fields=('code_index',), name='points_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('award', 'award'), ('reserve', 'reserve'), ('cancel', 'cancel'), ('expire', 'expire'), ('handover', 'handover'), ('undo', 'undo'), ('stock_in', 'stock_in'), ('counted', 'counted')], max_length=12)),
                ('at', models.DateTimeField()),
                ('day', models.DateField()),
                ('amount', models.IntegerField()),
                ('event', models.CharField(blank=True, max_length=40)),
                ('row', models.BigIntegerField(null=True)),
                ('thing', models.UUIDField(null=True)),
                ('once', models.UUIDField(null=True)),
                ('reason', models.CharField(blank=True, max_length=12)),
                ('holder', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='concerning', to='points.account')),
                ('reservation', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='points.reservation')),
                ('reversal_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='points.transfer')),
            ],
            options={
                'db_table': 'points_transfer',
                'indexes': [models.Index(condition=models.Q(('kind', 'award')), fields=['holder', 'day'], name='points_transfer_earned'), models.Index(fields=['kind', 'event', 'day'], name='points_transfer_figures'), models.Index(condition=models.Q(('reservation__isnull', False)), fields=['reservation'], name='points_transfer_of')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('row__isnull', False)), fields=('row', 'event', 'holder'), name='points_row_thanked_once'), models.UniqueConstraint(condition=models.Q(('once__isnull', False)), fields=('once', 'event', 'holder'), name='points_thing_thanked_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='points_transfer_of_something')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('amount', models.IntegerField()),
                ('balance', models.BigIntegerField()),
                ('source', models.BooleanField(default=False)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='points.account')),
                ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='points.transfer')),
            ],
            options={
                'db_table': 'points_entry',
                'constraints': [models.UniqueConstraint(fields=('account', 'number'), name='points_line_once'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='points_line_of_something'), models.CheckConstraint(condition=models.Q(('source', True), ('balance__gte', 0), _connector='OR'), name='points_never_below_zero')],
            },
        ),
    ]
