using System.Globalization;
using System.Text.RegularExpressions;

namespace StartupLab;

/// <summary>Compiles the patterns that incoming messages are sorted by, and tries each once.</summary>
internal sealed class MessageRules
{
    private const int Rules = 14;

    private readonly List<Regex> _rules = [];

    public void Compile()
    {
        for (int i = 0; i < Rules; i++)
        {
            string pattern = string.Create(
                CultureInfo.InvariantCulture,
                $@"^(?<kind>order|refund|note{i})\s+(?<number>\d{{{2 + (i % 4)},8}})(?:[-/](?<part>[a-z]{{1,{3 + i}}}))*\s*(?:from\s+(?<sender>[\w.+-]+@[\w-]+(?:\.[\w-]+)+))?$");
            var rule = new Regex(pattern, RegexOptions.Compiled | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            if (!rule.IsMatch("order 1234567/abc from reader@example.org"))
                throw new InvalidOperationException($"Rule {i} does not know an order.");
            _rules.Add(rule);
        }
    }
}
