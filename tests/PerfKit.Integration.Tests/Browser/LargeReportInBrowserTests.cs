using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PerfKit.ReportBenchmark;
using PerfKit.Reporting;
using Xunit.Abstractions;

namespace PerfKit.Integration.Tests;

/// <summary>
/// A start-up of 20,000 scopes as a page: small, soon open, smooth to scroll, and within reach of the keyboard. The figures are
/// printed; the limits are wide, because a machine that runs tests is busy.
/// </summary>
public sealed partial class LargeReportInBrowserTests(ITestOutputHelper output) : IDisposable
{
    private const int Records = 20_000;

    // Scrolls the page from end to end, a step a frame, and tells the console what it measured.
    private const string Measurement = """
        <script>
        addEventListener("load", () => {
          const opened = performance.now(), gaps = [];
          let before = null;
          const step = (now) => {
            if (before !== null) gaps.push(now - before);
            before = now;
            scrollTo({ top: scrollY + 200, behavior: "instant" });
            if (gaps.length < 200 && scrollY + innerHeight < document.documentElement.scrollHeight - 1) return requestAnimationFrame(step);
            gaps.sort((a, b) => a - b);
            const bars = [...document.querySelectorAll(".lanes .bars .b")];
            const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            const tip = document.querySelector(".tip");
            bars[0].focus();
            const first = document.activeElement === bars[0];
            press("ArrowRight");
            const second = document.activeElement === bars[1];
            press("Enter");
            const kept = tip.classList.contains("kept");
            press("Escape");
            const measured = {
              openedMs: opened, frames: gaps.length, medianGapMs: gaps[gaps.length >> 1], worstGapMs: gaps[gaps.length - 1],
              elements: document.querySelectorAll("*").length, bars: bars.length, tabStops: document.querySelectorAll(".lanes [tabindex='0']").length,
              keys: first && second && kept && !tip.classList.contains("kept"), label: bars[1].getAttribute("aria-label"),
            };
            console.log("measured " + JSON.stringify(measured));
          };
          requestAnimationFrame(step);
        });
        </script>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("perfkit-large-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_report_of_twenty_thousand_records_opens_scrolls_and_takes_the_keyboard()
    {
        string html = GeneratedStartup.Create(StartupShape.Services, Records).ToDocument().Render(ReportRenderers.Html);
        Assert.InRange(html.Length, 100_000, 1_000_000);
        Assert.Equal(Records, Counted(html));
        string page = Path.Combine(_folder, "large.html");
        await File.WriteAllTextAsync(page, html.Replace("</body>", Measurement + "</body>", StringComparison.Ordinal));

        string line = await Browser.FirstConsoleLineAsync(_folder, "--window-size=1280,900", new Uri(page).AbsoluteUri);

        Match found = Measured().Match(line);
        Assert.True(found.Success, $"The page did not come to its measurement: {line}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{html.Length / 1e3:F0} kB: {found.Groups[1].Value}"));
        JsonElement measured = JsonDocument.Parse(found.Groups[1].Value).RootElement;
        Assert.InRange(measured.GetProperty("openedMs").GetDouble(), 0, 20_000);
        Assert.InRange(measured.GetProperty("frames").GetInt32(), 10, 200);
        Assert.InRange(measured.GetProperty("medianGapMs").GetDouble(), 0, 250);
        Assert.InRange(measured.GetProperty("elements").GetInt32(), 1000, 20_000);
        Assert.Equal(1, measured.GetProperty("tabStops").GetInt32());
        Assert.True(measured.GetProperty("keys").GetBoolean());
        Assert.Contains("Shop.Catalogue.Service", measured.GetProperty("label").GetString(), StringComparison.Ordinal);
    }

    // Each mark of the lanes says for how many bars it stands; together they are all.
    private static int Counted(string html)
    {
        string lanes = html[html.IndexOf("<div class=\"bars\"", StringComparison.Ordinal)..html.IndexOf("<details class=\"made\"", StringComparison.Ordinal)];
        return Marks().Matches(lanes).Sum(mark => mark.Groups[1].Success
            ? int.Parse(mark.Groups[1].Value.Replace("\u202F", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
            : 1);
    }

    [GeneratedRegex("""<div class="b[^>]* title="(?:([\d\s\u202F\u00A0]+) bars, too narrow)?""")]
    private static partial Regex Marks();

    [GeneratedRegex("""measured (\{.*\})", source:""")]
    private static partial Regex Measured();
}
