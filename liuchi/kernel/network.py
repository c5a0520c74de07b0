"""From where a request comes, for counting alone."""

import ipaddress


def network_of(address: str) -> str:
    """The network address by which floods are counted: of IPv6 its first 64 bits, since one phone has all that follow."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.IPv6Network((known, 64), strict=False).network_address)
    return address
