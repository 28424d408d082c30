using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace QuickStart;

/// <summary>Asks the suppliers' endpoint over HTTP. In this sample it is another endpoint of the same server.</summary>
internal sealed class SupplierClient(IServer server) : IDisposable
{
    private readonly HttpClient _http = new();

    public async Task<SupplierOffer> GetOfferAsync(string supplier, string sku, int quantity)
    {
        var address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var path = new Uri(address, $"/suppliers/{supplier}/offers/{sku}?quantity={quantity}");
        return await _http.GetFromJsonAsync<SupplierOffer>(path)
            ?? throw new InvalidDataException($"Supplier {supplier} answered nothing about {sku}.");
    }

    public void Dispose() => _http.Dispose();
}
