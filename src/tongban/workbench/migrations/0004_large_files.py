from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workbench', '0003_longer_item_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='counterfile',
            name='root',
            field=models.CharField(default='', max_length=64),
        ),
    ]
