using System.Globalization;

namespace PerfKit.Reporting.Tests;

/// <summary>One whole document a renderer. PERFKIT_APPROVE=1 takes what the renderers give now.</summary>
public sealed class ApprovedDocumentTests
{
    public static TheoryData<string, string> Forms()
    {
        var data = new TheoryData<string, string>();
        foreach (IReportRenderer renderer in ReportRenderers.All)
        {
            foreach (string culture in new[] { "", "de-DE", "ru-RU" })
            {
                data.Add(renderer.FileExtension, culture);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Render_sample_in_a_culture_equals_the_approved_document(string extension, string culture)
    {
        IReportRenderer renderer = ReportRenderers.All.Single(candidate => candidate.FileExtension == extension);
        CultureInfo before = CultureInfo.CurrentCulture;
        string actual;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            actual = SampleDocument.Create().Render(renderer);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        string name = "sample" + extension;
        if (Environment.GetEnvironmentVariable("PERFKIT_APPROVE") == "1")
        {
            File.WriteAllText(Path.Combine(ApprovedSourceFolder(), name), actual);
            return;
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Approved", name)), actual, ignoreLineEndingDifferences: true);
    }

    private static string ApprovedSourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PerfKit.sln")))
        {
            folder = folder.Parent;
        }

        Assert.NotNull(folder);
        return Directory.CreateDirectory(Path.Combine(folder.FullName, "tests", "PerfKit.Reporting.Tests", "Approved")).FullName;
    }
}
