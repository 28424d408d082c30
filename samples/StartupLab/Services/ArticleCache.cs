using System.Text.Json;

namespace StartupLab;

/// <summary>Has the answers for the newest articles ready.</summary>
internal sealed class ArticleCache(ArticleDatabase database)
{
    private readonly Dictionary<int, byte[]> _answers = [];

    public void Warm()
    {
        foreach (Article article in database.Read("id >= 9000"))
            _answers[article.Id] = JsonSerializer.SerializeToUtf8Bytes(article, JsonSerializerOptions.Web);
    }
}
