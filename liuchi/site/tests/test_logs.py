"""What is written to the log opens nothing."""

import pytest

from liuchi.site.logs import discreet


@pytest.mark.parametrize(
    "address", ["/r/ABCD", "/counter/e/ABCD-EFGH-JKLM", "/counter/n/s3cr3t", "/v/ABCD", "/g/xyz", "/x?code=abc"]
)
def test_no_receipt_and_no_code_stands_in_the_log(address):
    secret = address.rpartition("/")[2].rpartition("=")[2]
    assert secret not in discreet(f"Too Many Requests: {address}")
