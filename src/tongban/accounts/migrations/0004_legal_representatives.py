from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_agreement_officers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rolegrant',
            name='role',
            field=models.CharField(choices=[('resident', '居民'), ('counter_clerk', '专窗收件员'), ('case_officer', '审批员'), ('catalogue_officer', '事项管理员'), ('agreement_officer', '协议管理员'), ('legal_representative', '法定代表人'), ('joint_officer', '联席办专员'), ('operator', '运维员')], max_length=32),
        ),
    ]
