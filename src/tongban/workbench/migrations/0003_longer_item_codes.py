from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workbench', '0002_catalogue_imports'),
    ]

    operations = [
        migrations.AlterField(
            model_name='counterdraft',
            name='item',
            field=models.CharField(max_length=64),
        ),
    ]
