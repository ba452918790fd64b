from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0001_drafts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='draft',
            name='item',
            field=models.CharField(max_length=64),
        ),
    ]
