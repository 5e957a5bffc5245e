"""The publisher's words for a nationality, read as codes of countries.

A label names one nationality or two, without a sign between them ("Congolese (Drc) UK"); `Unknown` beside
another is kept. A few labels carry the scars of a replacement of words ("Russian UKrainian").
"""

import re
from functools import cache

from nrm.kernel.places import UNKNOWN

COUNTRIES: dict[str, str] = {
    "Afghan": "AFG", "Albanian": "ALB", "Algerian": "DZA", "American": "USA", "Andorran": "AND",
    "Angolan": "AGO", "Anguillan": "AIA", "Argentine": "ARG", "Armenian": "ARM", "Australian": "AUS",
    "Austrian": "AUT", "Bangladeshi": "BGD", "Barbadian": "BRB", "Belarusian": "BLR", "Belgian": "BEL",
    "Belizean": "BLZ", "Beninese": "BEN", "Bermudian": "BMU", "Bolivian": "BOL", "Botswanan": "BWA",
    "Brazilian": "BRA", "British Virgin Islander": "VGB", "Bruneian": "BRN", "Bulgarian": "BGR",
    "Burkinan": "BFA", "Burmese": "MMR", "Burundian": "BDI", "Cambodian": "KHM", "Cameroonian": "CMR",
    "Canadian": "CAN", "Cape Verdean": "CPV", "Central African": "CAF", "Chadian": "TCD", "Chilean": "CHL",
    "Chinese": "CHN", "Citizen of Bosnia and Herzegovina": "BIH", "Citizen of Guinea Bissau": "GNB",
    "Citizen of Seychelles": "SYC", "Citizen of the Dominican Republic": "DOM", "Colombian": "COL",
    "Comoran": "COM", "Congolese Congo": "COG", "Congolese Drc": "COD", "Costa Rican": "CRI", "Cuban": "CUB",
    "Cypriot": "CYP", "Czech": "CZE", "Danish": "DNK", "Dominican": "DMA", "Dutch": "NLD",
    "East Timorese": "TLS", "Ecuadorean": "ECU", "Egyptian": "EGY", "Emirati": "ARE",
    "Equatorial Guinean": "GNQ", "Eritrean": "ERI", "Estonian": "EST", "Ethiopian": "ETH", "Fijian": "FJI",
    "Filipino": "PHL", "Finnish": "FIN", "French": "FRA", "Gambian": "GMB", "Georgian": "GEO",
    "German": "DEU", "Ghanaian": "GHA", "Greek": "GRC", "Grenadian": "GRD", "Guatemalan": "GTM",
    "Guinean": "GIN", "Guyanese": "GUY", "Haitian": "HTI", "Honduran": "HND", "Hong Konger": "HKG",
    "Hungarian": "HUN", "Indian": "IND", "Indonesian": "IDN", "Iranian": "IRN", "Iraqi": "IRQ",
    "Irish": "IRL", "Italian": "ITA", "Ivorian": "CIV", "Jamaican": "JAM", "Jordanian": "JOR",
    "Kazakh": "KAZ", "Kenyan": "KEN", "Kosovan": "XKK", "Kuwaiti": "KWT", "Kyrgyz": "KGZ", "Lao": "LAO",
    "Latvian": "LVA", "Lebanese": "LBN", "Liberian": "LBR", "Libyan": "LBY", "Lithuanian": "LTU",
    "Macedonian": "MKD", "Malawian": "MWI", "Malaysian": "MYS", "Malian": "MLI", "Mauritanian": "MRT",
    "Mauritian": "MUS", "Mexican": "MEX", "Moldovan": "MDA", "Mongolian": "MNG", "Montenegrin": "MNE",
    "Montserratian": "MSR", "Moroccan": "MAR", "Mozambican": "MOZ", "Namibian": "NAM", "Nepalese": "NPL",
    "Nicaraguan": "NIC", "Nigerian": "NGA", "Nigerien": "NER", "Norwegian": "NOR", "Pakistani": "PAK",
    "Palestinian": "PSE", "Papua New Guinean": "PNG", "Peruvian": "PER", "Polish": "POL",
    "Portuguese": "PRT", "Qatari": "QAT", "Romanian": "ROU", "Russian": "RUS", "Rwandan": "RWA",
    "Salvadorean": "SLV", "Saudi Arabian": "SAU", "Senegalese": "SEN", "Sierra Leonean": "SLE",
    "Singaporean": "SGP", "Slovak": "SVK", "Slovenian": "SVN", "Somali": "SOM", "South African": "ZAF",
    "South Sudanese": "SSD", "Spanish": "ESP", "Sri Lankan": "LKA", "St Lucian": "LCA", "Sudanese": "SDN",
    "Swedish": "SWE", "Swiss": "CHE", "Syrian": "SYR", "Taiwanese": "TWN", "Tajik": "TJK",
    "Tanzanian": "TZA", "Thai": "THA", "Togolese": "TGO", "Trinidadian": "TTO", "Tunisian": "TUN",
    "Turkish": "TUR", "Turkmen": "TKM", "UK": "GBR", "Ugandan": "UGA", "Ukrainian": "UKR",
    "Unknown": UNKNOWN, "Uzbek": "UZB", "Venezuelan": "VEN", "Vietnamese": "VNM", "Vincentian": "VCT",
    "Yemeni": "YEM", "Zambian": "ZMB", "Zimbabwean": "ZWE",
}  # fmt: skip


@cache
def codes_of(label: str) -> tuple[str, ...]:
    """The codes of one label, in its order. Raises ValueError for a word that names no nationality."""
    rest = re.sub(r"[()-]", " ", label).replace("UKrainian", "Ukrainian").split()
    found: list[str] = []
    while rest:
        for length in range(len(rest), 0, -1):
            code = COUNTRIES.get(" ".join(rest[:length]))
            if code is not None:
                found.append(code)
                rest = rest[length:]
                break
        else:
            raise ValueError(f"nobody knows the nationality in {' '.join(rest)!r}")
    return tuple(found)
