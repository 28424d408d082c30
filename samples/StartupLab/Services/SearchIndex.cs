namespace StartupLab;

/// <summary>For each word the articles that have it.</summary>
internal sealed class SearchIndex(ArticleDatabase database)
{
    private readonly Dictionary<string, List<int>> _articles = new(StringComparer.Ordinal);

    public void Build()
    {
        foreach (Article article in database.Read())
        {
            foreach (string word in $"{article.Title} {article.Body}".Split(' '))
            {
                if (!_articles.TryGetValue(word, out List<int>? articles))
                    _articles.Add(word, articles = []);
                if (articles.Count == 0 || articles[^1] != article.Id)
                    articles.Add(article.Id);
            }
        }
    }
}
