namespace QuickStart;

/// <summary>The words that the generated products are made of.</summary>
internal static class Vocabulary
{
    public static readonly string[] Categories =
    [
        "Bathroom", "Bedroom", "Crafts", "Furniture", "Garden", "Kitchen", "Laundry", "Lighting", "Music", "Office", "Pets",
        "Sports", "Storage", "Toys", "Travel", "Workshop",
    ];

    public static readonly string[] Adjectives =
    [
        "adjustable", "antique", "bright", "classic", "compact", "curved", "durable", "elegant", "feathered", "foldable",
        "gentle", "handmade", "heavy", "light", "modern", "narrow", "padded", "polished", "portable", "quiet", "rustic", "simple",
        "slim", "smooth", "sturdy", "tall", "thermal", "vintage", "washable", "woven",
    ];

    public static readonly string[] Materials =
    [
        "acacia", "aluminum", "bamboo", "beech", "brass", "canvas", "ceramic", "copper", "cork", "cotton", "felt", "glass",
        "leather", "linen", "maple", "marble", "oak", "paper", "pine", "porcelain", "rattan", "rubber", "silk", "slate", "steel",
        "walnut", "wicker", "wool",
    ];

    public static readonly string[] Things =
    [
        "basket", "bench", "bottle", "bowl", "box", "brush", "cabinet", "chair", "clock", "cup", "cushion", "drawer", "easel",
        "frame", "hook", "jar", "kettle", "ladder", "lamp", "lantern", "mat", "mirror", "pan", "planter", "rack", "rug", "shelf",
        "stool", "table", "tray", "trolley", "vase",
    ];

    public static readonly string[] Finishes =
    [
        "brushed", "dyed", "enameled", "glazed", "lacquered", "matte", "oiled", "painted", "stained", "stonewashed", "varnished",
        "waxed",
    ];

    public static readonly string[] Uses =
    [
        "children", "collectors", "cooks", "craftsmen", "dancers", "families", "gardeners", "guests", "hikers", "musicians",
        "painters", "readers", "sailors", "students", "teachers", "travelers",
    ];

    public static readonly string[] Places =
    [
        "attic", "balcony", "caravan", "cellar", "classroom", "cottage", "garage", "greenhouse", "hall", "library", "patio",
        "porch", "studio", "terrace", "veranda", "workroom",
    ];
}
