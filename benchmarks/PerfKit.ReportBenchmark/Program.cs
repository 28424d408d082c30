// How long a start-up of many records takes to become a report, and how large the report is.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using PerfKit;
using PerfKit.Reporting;
using PerfKit.ReportBenchmark;

const string Usage = """
    Renders generated start-ups in every form, and judges the HTML: under 2 s and under 1 MB.

        PerfKit.ReportBenchmark [--records N] [--rounds N] [--out FOLDER]

    --records N   records in each start-up, 100 to 1000000 (default 20000)
    --rounds N    renderings, whose median is told, 1 to 1000 (default 7)
    --out FOLDER  keeps the pages
    """;
const double MostSeconds = 2;
const double MostBytes = 1e6;

int records = 20_000, rounds = 7;
string? folder = null;
for (int i = 0; i < args.Length; i += 2)
{
    bool isGood = i + 1 < args.Length && args[i] switch
    {
        "--records" => int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out records) && records is >= 100 and <= 1_000_000,
        "--rounds" => int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds is >= 1 and <= 1000,
        "--out" => (folder = args[i + 1]).Length > 0,
        _ => false,
    };
    if (!isGood)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}

bool isWithin = true;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records:N0} records, medians of {rounds}"));
Console.WriteLine($"{"shape",-10}{"form",-8}{"time",10}{"size",12}");
foreach (StartupShape shape in Enum.GetValues<StartupShape>())
{
    StartupReport report = GeneratedStartup.Create(shape, records);
    foreach (IReportRenderer renderer in new[] { ReportRenderers.Html, ReportRenderers.Text, ReportRenderers.Markdown, ReportRenderers.Trace })
    {
        var seconds = new double[rounds];
        string content = report.ToDocument().Render(renderer); // compiles what it takes, uncounted
        for (int round = 0; round < rounds; round++)
        {
            long began = Stopwatch.GetTimestamp();
            content = report.ToDocument().Render(renderer);
            seconds[round] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        Array.Sort(seconds);
        int bytes = Encoding.UTF8.GetByteCount(content);
        bool isJudged = renderer == ReportRenderers.Html;
        bool isGood = !isJudged || (seconds[rounds / 2] <= MostSeconds && bytes <= MostBytes);
        isWithin &= isGood;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape,-10}{renderer.FileExtension[1..],-8}{seconds[rounds / 2] * 1e3,7:F0} ms{bytes / 1e3,9:F0} kB{(isGood ? "" : "  over its limit")}"));
        if (folder is not null && isJudged)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, $"{shape}.html".ToLowerInvariant()), content);
        }
    }
}

return isWithin ? 0 : 1;
