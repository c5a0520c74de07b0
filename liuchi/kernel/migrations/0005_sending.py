"""Mail becomes one of several ways out of the house."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("kernel", "0004_tokens_say_themselves")]

    operations = [
        migrations.RenameModel(old_name="Mail", new_name="Sending"),
        migrations.AlterModelTable(name="sending", table="kernel_sending"),
        migrations.RemoveConstraint(model_name="sending", name="kernel_mail_once"),
        migrations.RemoveIndex(model_name="sending", name="kernel_mail_due"),
        migrations.RemoveIndex(model_name="sending", name="kernel_mail_stuck"),
        migrations.AddField("sending", "channel", models.CharField(default="mail", max_length=8)),
        migrations.AddField("sending", "url", models.CharField(blank=True, default="", max_length=200), preserve_default=False),
        migrations.AddField("sending", "short", models.CharField(blank=True, default="", max_length=120), preserve_default=False),
        migrations.AddField("sending", "rest", models.JSONField(default=list)),
        migrations.AlterField("sending", "state", models.CharField(choices=[("waiting", "Waiting"), ("sending", "Sending"), ("sent", "Sent"), ("stuck", "Stuck"), ("passed", "Passed")], default="waiting", max_length=8)),
        migrations.AddConstraint("sending", models.UniqueConstraint(fields=("thing", "address_index"), name="kernel_sending_once")),
        migrations.AddIndex("sending", models.Index(condition=models.Q(("state__in", ["waiting", "sending"])), fields=["next_at"], name="kernel_sending_due")),
        migrations.AddIndex("sending", models.Index(condition=models.Q(("state", "stuck")), fields=["made_at"], name="kernel_sending_stuck")),
        migrations.CreateModel(
            name="Gateway",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dialect", models.CharField(choices=[("aliyun", "Aliyun")], max_length=8, unique=True)),
                ("address", models.CharField(max_length=200)),
                ("key_id", models.CharField(max_length=80)),
                ("secret", models.BinaryField()),
                ("sign_name", models.CharField(max_length=40)),
                ("template", models.CharField(max_length=40)),
                ("code_template", models.CharField(blank=True, max_length=40)),
                ("active", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField()),
            ],
            options={"db_table": "kernel_sms_gateway"},
        ),
    ]
