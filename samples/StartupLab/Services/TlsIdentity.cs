using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace StartupLab;

/// <summary>Makes a key and a certificate for each host name of the site, signed by an authority of its own.</summary>
internal sealed class TlsIdentity
{
    private const int HostNames = 40;

    private readonly List<X509Certificate2> _certificates = [];

    public X509Certificate2 Certificate => _certificates[0];

    public void Create()
    {
        DateTimeOffset from = DateTimeOffset.UnixEpoch.AddYears(50);
        using ECDsa authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new CertificateRequest("CN=authority", authorityKey, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 authority = request.CreateSelfSigned(from, from.AddYears(60));
        for (int i = 0; i < HostNames; i++)
        {
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
            var host = new CertificateRequest(string.Create(CultureInfo.InvariantCulture, $"CN=host{i}"), key, HashAlgorithmName.SHA384);
            using X509Certificate2 issued = host.Create(authority, from, from.AddYears(50), BitConverter.GetBytes(i + 1));
            _certificates.Add(issued.CopyWithPrivateKey(key));
        }
    }
}
