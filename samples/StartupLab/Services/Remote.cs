using System.Text.Json;

namespace StartupLab;

/// <summary>A system elsewhere: the site asks it for what it needs, and awaits the answer.</summary>
internal static class Remote
{
    public static async Task ConnectAsync(int port, string question)
    {
        using JsonDocument answer = JsonDocument.Parse(await Upstream.AskAsync(port, question));
        if (answer.RootElement.ValueKind != JsonValueKind.Object)
            throw new InvalidOperationException($"'{question}' was not answered.");
    }
}
