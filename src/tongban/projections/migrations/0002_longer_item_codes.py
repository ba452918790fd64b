from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projections', '0001_read_models'),
    ]

    operations = [
        migrations.AlterField(
            model_name='caserow',
            name='item',
            field=models.CharField(max_length=64),
        ),
    ]
