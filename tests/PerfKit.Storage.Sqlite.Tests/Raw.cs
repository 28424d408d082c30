namespace PerfKit.Storage.Sqlite.Tests;

/// <summary>Looks into a store's file behind its back.</summary>
internal static class Raw
{
    public static long Integer(string path, string sql)
    {
        using Database database = Database.Open(path);
        return database.Integer(sql);
    }

    public static void Execute(string path, string sql)
    {
        using Database database = Database.Open(path);
        database.Execute(sql);
    }

    public static List<string> Lines(string path, string sql)
    {
        using Database database = Database.Open(path);
        List<string> lines = [];
        Statement statement = database.Prepare(sql);
        while (statement.Next())
            lines.Add(statement.Text(0));
        return lines;
    }
}
