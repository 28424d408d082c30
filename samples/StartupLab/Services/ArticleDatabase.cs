using System.Globalization;
using Microsoft.Data.Sqlite;

namespace StartupLab;

/// <summary>Loads the articles into an embedded SQLite database.</summary>
internal sealed class ArticleDatabase(string path, string source)
{
    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();

    public void Load()
    {
        SQLitePCL.Batteries_V2.Init();
        using SqliteConnection connection = Open();
        Execute(connection, "CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, topic TEXT, body TEXT)");
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            Insert(connection, transaction);
            transaction.Commit();
        }
        Execute(connection, "CREATE INDEX by_topic ON articles (topic, title)");
        Execute(connection, "ANALYZE");
    }

    public List<Article> Read(string where = "1 = 1")
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT id, title, topic, body FROM articles WHERE {where}";
        using SqliteDataReader reader = command.ExecuteReader();
        var articles = new List<Article>();
        while (reader.Read())
            articles.Add(new Article(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        return articles;
    }

    private void Insert(SqliteConnection connection, SqliteTransaction transaction)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO articles VALUES ($id, $title, $topic, $body)";
        SqliteParameter id = command.Parameters.Add("$id", SqliteType.Integer);
        SqliteParameter title = command.Parameters.Add("$title", SqliteType.Text);
        SqliteParameter topic = command.Parameters.Add("$topic", SqliteType.Text);
        SqliteParameter body = command.Parameters.Add("$body", SqliteType.Text);
        foreach (string line in File.ReadLines(source))
        {
            string[] fields = line.Split('\t');
            id.Value = int.Parse(fields[0], CultureInfo.InvariantCulture);
            title.Value = fields[1];
            topic.Value = fields[2];
            body.Value = fields[3];
            command.ExecuteNonQuery();
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

/// <summary>One article of the site.</summary>
internal sealed record Article(int Id, string Title, string Topic, string Body);
