namespace QuickStart;

/// <summary>What a supplier asks for one piece when so many are ordered.</summary>
internal sealed record SupplierOffer(string Supplier, string Sku, int Quantity, int UnitPriceCents);

/// <summary>The offers of all suppliers that were asked, and the cheapest.</summary>
internal sealed record Quote(string Sku, int Quantity, SupplierOffer Best, IReadOnlyList<SupplierOffer> Offers);
