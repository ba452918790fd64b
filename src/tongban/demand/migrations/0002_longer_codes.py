from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('demand', '0001_demand'),
    ]

    operations = [
        migrations.AlterField(
            model_name='demand',
            name='basic',
            field=models.CharField(max_length=64),
        ),
    ]
