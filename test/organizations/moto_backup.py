"""moto's server, which knows the name BACKUP_POLICY but not the form of its ARN: only that is missing."""

from moto.organizations import models
from moto.server import main

base = models.FakePolicy.__init__


def init(self, organization, **kw):
    if kw.get("Type") != "BACKUP_POLICY":
        return base(self, organization, **kw)
    base(self, organization, **{**kw, "Type": "TAG_POLICY"})
    self.type = "BACKUP_POLICY"
    self._arn_format = "arn:{0}:organizations::{1}:policy/{2}/backup_policy/{3}"


models.FakePolicy.__init__ = init
main()
