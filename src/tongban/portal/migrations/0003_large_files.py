from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0002_longer_item_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='draftfile',
            name='root',
            field=models.CharField(default='', max_length=64),
        ),
    ]
