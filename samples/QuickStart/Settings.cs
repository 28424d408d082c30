namespace QuickStart;

/// <summary>The shop's settings, from the section <c>Shop</c> of appsettings.json.</summary>
internal sealed record Settings
{
    /// <summary>Rows of the generated data file.</summary>
    public int Products { get; init; } = 60_000;

    /// <summary>Most products that the cache holds.</summary>
    public int CachedProducts { get; init; } = 4_000;

    /// <summary>Products put in the cache before the shop opens.</summary>
    public int WarmProducts { get; init; } = 1_000;

    /// <summary>Customers who shop at the same time.</summary>
    public int ClientLoops { get; init; } = 4;

    /// <summary>The pricing rules, in the order they apply; <see cref="PriceRule"/> says how they are written.</summary>
    public IReadOnlyList<string> PriceRules { get; init; } = [];

    public static Settings From(IConfiguration configuration) => configuration.GetSection("Shop").Get<Settings>() ?? new Settings();
}
