"""The hot topics of a day, as the worker counted them."""

from django.db import models

from liuchi.cases.models.case import Case


class Topic(models.Model):
    """Open requests about the same thing at the same place. places, words: as they stand in the requests; nobody's name."""

    day = models.DateField()
    rank = models.SmallIntegerField()  # 1 the hottest
    heat = models.FloatField()
    places = models.JSONField(default=list)
    words = models.JSONField(default=list)
    began_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        db_table = "cases_topic"
        constraints = [models.UniqueConstraint(fields=["day", "rank"], name="cases_topic_rank")]

    def __str__(self) -> str:
        return " ".join([*self.places, *self.words])


class TopicCase(models.Model):
    """Which requests a topic is made of, the most typical first."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="members")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="topics")
    place = models.SmallIntegerField()

    class Meta:
        db_table = "cases_topic_case"
        constraints = [models.UniqueConstraint(fields=["topic", "case"], name="cases_topic_case_once")]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.case_id}"
