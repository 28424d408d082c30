using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace StartupLab;

/// <summary>Opens the site's TLS port, and asks it for an article as the load balancer will before it sends anybody.</summary>
internal static class WebApi
{
    public static async Task ServeFirstRequestAsync(TlsIdentity identity, ArticleDatabase database)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task answering = AnswerAsync(listener, identity, database);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port);
        await using var secure = new SslStream(client.GetStream());
        // The certificate must be the very one: an authority that was made a second ago is in no store.
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "host0",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => identity.Certificate.Equals(certificate),
        });
        await secure.WriteAsync("7\n"u8.ToArray());
        string? answer = await new StreamReader(secure).ReadLineAsync();
        await answering;
        if (answer is null || JsonSerializer.Deserialize<Article>(answer, JsonSerializerOptions.Web)?.Id != 7)
            throw new InvalidOperationException("The site does not serve article 7.");
    }

    private static async Task AnswerAsync(TcpListener listener, TlsIdentity identity, ArticleDatabase database)
    {
        using TcpClient peer = await listener.AcceptTcpClientAsync();
        await using var secure = new SslStream(peer.GetStream());
        await secure.AuthenticateAsServerAsync(identity.Certificate);
        string id = await new StreamReader(secure).ReadLineAsync() ?? "";
        Article article = database.Read($"id = {int.Parse(id, System.Globalization.CultureInfo.InvariantCulture)}").Single();
        await secure.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(article, JsonSerializerOptions.Web) + "\n"));
    }
}
