from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('api', '0001_connectors'),
    ]

    operations = [
        migrations.AddField(
            model_name='recordedfact',
            name='intent',
            field=models.CharField(default='', max_length=26),
        ),
    ]
