using System.Net;
using System.Text.Json;
using PerfKit.Instrumentation;

namespace QuickStart;

/// <summary>Customers: each asks one thing after the other, in a fixed mix from a seeded random source, and checks each answer.</summary>
internal sealed class ShopClient(Uri address, int loops, int products) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
    private long _requests;
    private long _wrongAnswers;

    /// <summary>Requests answered so far.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Answers that were not what was asked for.</summary>
    public long WrongAnswers => Interlocked.Read(ref _wrongAnswers);

    /// <summary>Shops until cancelled; every question asked until then is answered first.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, loops)
            .Select(number => Task.Run(() => ShopAsync(new Random(number), stop), CancellationToken.None)));

    public void Dispose() => _http.Dispose();

    private async Task ShopAsync(Random random, CancellationToken stop)
    {
        using (ServiceContext.Enter("client"))
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    bool right = await AskAsync(random);
                    Interlocked.Increment(ref _requests);
                    if (!right)
                        Interlocked.Increment(ref _wrongAnswers);
                }
                catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException)
                {
                    Interlocked.Increment(ref _wrongAnswers);
                }
            }
        }
    }

    private Task<bool> AskAsync(Random random) =>
        random.Next(100) switch
        {
            < 40 => LookUpAsync(PickSku(random)),
            < 55 => SearchAsync(Pick(random, Vocabulary.Materials), Pick(random, Vocabulary.Things)),
            < 65 => ListAsync(Pick(random, Vocabulary.Categories), random.Next(3)),
            < 85 => QuoteAsync(PickSku(random), random.Next(1, 50)),
            _ => OrderAsync(PickSku(random), random.Next(1, 4)),
        };

    private async Task<bool> LookUpAsync(string sku)
    {
        Product? product = await _http.GetFromJsonAsync<Product>($"/products/{sku}");
        return product is { PriceCents: > 0, Stock: >= 0 } && product.Sku == sku;
    }

    private async Task<bool> SearchAsync(string material, string thing)
    {
        Product[]? found = await _http.GetFromJsonAsync<Product[]>($"/search?q={material}+{thing}");
        return found is { Length: > 0 } && found.All(product => Mentions(product, material) && Mentions(product, thing));
    }

    private async Task<bool> ListAsync(string category, int page)
    {
        Product[]? listed = await _http.GetFromJsonAsync<Product[]>($"/categories/{category}/products?page={page}");
        return listed is { Length: > 0 }
            && listed.All(product => product.Category == category)
            && listed.Zip(listed.Skip(1)).All(pair => pair.First.PriceCents <= pair.Second.PriceCents);
    }

    private async Task<bool> QuoteAsync(string sku, int quantity)
    {
        Quote? quote = await _http.GetFromJsonAsync<Quote>($"/quotes/{sku}?quantity={quantity}");
        return quote is { Offers.Count: > 0 }
            && quote.Sku == sku
            && quote.Offers.All(offer => offer.UnitPriceCents >= quote.Best.UnitPriceCents && offer.UnitPriceCents > 0);
    }

    private async Task<bool> OrderAsync(string sku, int quantity)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync("/orders", new OrderRequest(sku, quantity));
        if (answer.StatusCode == HttpStatusCode.Conflict)
            return true; // sold out

        OrderReceipt? receipt = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<OrderReceipt>();
        return receipt is not null && receipt.Quantity == quantity && receipt.TotalCents == (long)receipt.UnitPriceCents * quantity;
    }

    private static bool Mentions(Product product, string word) =>
        product.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || product.Description.Contains(word, StringComparison.OrdinalIgnoreCase);

    // A few products are asked for often, most seldom, as in any shop.
    private string PickSku(Random random) => Product.SkuOf(1 + (int)(products * Math.Pow(random.NextDouble(), 3)));

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];
}
