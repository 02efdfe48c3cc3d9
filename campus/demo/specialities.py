"""The NSF code of a demo course, from the trade that it leads to: by its ROME code, its domain or its field."""

TRADES = {
    "H1503": "222r",
    "H1510": "222r",
    "H1521": "200r",
    "H1528": "200r",
    "H2302": "222s",
    "H2303": "222s",
    "H2304": "222s",
    "H2903": "251u",
    "H2913": "254s",
    "H3301": "222u",
    "H3304": "413",
    "I1302": "201r",
    "I1304": "250r",
    "N1101": "311u",
}
DOMAINS = {
    "A12": "214",
    "E13": "322",
    "G16": "221",
    "H13": "344",
    "H21": "221",
    "H22": "234",
    "H23": "222",
    "H24": "240",
    "H26": "255",
    "H27": "227",
    "H28": "224",
    "H29": "251",
    "H31": "226",
    "H32": "225",
    "H33": "222",
    "I16": "252",
    "K13": "332",
    "K21": "333",
    "K22": "343",
    "K25": "344",
    "M12": "314",
    "M15": "315",
    "M16": "324",
    "M17": "312",
    "M18": "326",
}
FIELDS = {
    "A": "210",
    "B": "132",
    "C": "313",
    "D": "312",
    "E": "321",
    "F": "230",
    "G": "334",
    "H": "200",
    "I": "250",
    "J": "331",
    "K": "330",
    "L": "323",
    "M": "310",
    "N": "311",
}


def speciality_of(rome_code: str) -> str:
    """Give the speciality of a course that leads to a trade."""
    return TRADES.get(rome_code) or DOMAINS.get(rome_code[:3]) or FIELDS.get(rome_code[:1], "")
