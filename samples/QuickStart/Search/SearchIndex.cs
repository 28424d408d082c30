using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace QuickStart;

/// <summary>
/// An inverted index over the names and descriptions of the products: for each word the products that have it, by number.
/// Immutable once built, so any number of threads may search.
/// </summary>
internal sealed partial class SearchIndex
{
    private const int NameWeight = 5;

    private readonly Dictionary<string, List<Posting>> _postings = new(StringComparer.Ordinal);
    private readonly List<string> _skus = [];

    public static SearchIndex Build(IEnumerable<Product> products)
    {
        var index = new SearchIndex();
        foreach (Product product in products)
        {
            int number = index._skus.Count;
            index._skus.Add(product.Sku);
            index.Add(number, product.Name, NameWeight);
            index.Add(number, product.Description, 1);
        }

        return index;
    }

    /// <summary>The products that have every word of the query, best first, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<string> Find(string query, int limit)
    {
        var lists = new List<List<Posting>>();
        foreach (string word in Words(query).Distinct())
        {
            if (!_postings.TryGetValue(word, out List<Posting>? list))
                return [];
            lists.Add(list);
        }

        if (lists.Count == 0)
            return [];

        // The rarest word first: each further list can only shorten the answer.
        lists.Sort((a, b) => a.Count.CompareTo(b.Count));
        List<Posting> found = lists[0];
        foreach (List<Posting> list in lists.Skip(1))
            found = Intersect(found, list);
        return found
            .OrderByDescending(posting => posting.Weight)
            .ThenBy(posting => posting.Product)
            .Take(limit)
            .Select(posting => _skus[posting.Product])
            .ToList();
    }

    /// <summary>The words of a text: runs of letters and digits, in lower case.</summary>
    public static IEnumerable<string> Words(string text) => WordPattern().Matches(text).Select(match => match.Value.ToLowerInvariant());

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex WordPattern();

    private void Add(int product, string text, int weight)
    {
        foreach (string word in Words(text))
        {
            ref List<Posting>? list = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, word, out _);
            list ??= [];
            if (list.Count > 0 && list[^1].Product == product)
                list[^1] = new Posting(product, list[^1].Weight + weight);
            else
                list.Add(new Posting(product, weight));
        }
    }

    private static List<Posting> Intersect(List<Posting> a, List<Posting> b)
    {
        var both = new List<Posting>();
        int i = 0, j = 0;
        while (i < a.Count && j < b.Count)
        {
            int order = a[i].Product.CompareTo(b[j].Product);
            if (order == 0)
                both.Add(new Posting(a[i].Product, a[i].Weight + b[j].Weight));
            if (order <= 0)
                i++;
            if (order >= 0)
                j++;
        }

        return both;
    }

    private readonly record struct Posting(int Product, int Weight);
}
