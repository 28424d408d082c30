using System.Globalization;
using System.Text.Json;

namespace CiGate;

/// <summary>The code under test: reads an order and prices a basket.</summary>
internal sealed class OrderDesk
{
    private readonly bool _isSlower;
    private readonly string _order;
    private readonly decimal[] _prices;

    public OrderDesk(bool isSlower)
    {
        _isSlower = isSlower;
        _prices = [.. Enumerable.Range(1, 2_000).Select(i => 0.99m + i)];
        _order = JsonSerializer.Serialize(Enumerable.Range(0, 200).ToDictionary(i => $"item-{i.ToString(CultureInfo.InvariantCulture)}", i => i % 7));
    }

    public void Parse()
    {
        using JsonDocument order = JsonDocument.Parse(_order);
        int pieces = order.RootElement.EnumerateObject().Sum(line => line.Value.GetInt32());
        if (pieces <= 0)
            throw new InvalidOperationException("An order has pieces.");
    }

    public void Price()
    {
        // Sorting for nothing, once and three times more: the change that the gate is to find.
        decimal total = _prices.OrderDescending().Take(100).Sum();
        for (int i = 0; _isSlower && i < 3; i++)
            total += _prices.OrderDescending().Take(100).Sum();
        if (total <= 0)
            throw new InvalidOperationException("A basket has a price.");
    }
}
