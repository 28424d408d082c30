using Microsoft.Data.Sqlite;

namespace QuickStart;

/// <summary>The catalogue in an embedded SQLite database. Safe for use by many threads: each call has a pooled connection.</summary>
internal sealed class CatalogueDatabase(string path) : IDisposable
{
    private const string Columns = "sku, name, category, description, list_price_cents, price_cents, stock, supplier";

    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ToString();

    // SQLite has one writer at a time; waiting here is cheaper than its retries.
    private readonly Lock _writing = new();

    static CatalogueDatabase() => SQLitePCL.Batteries_V2.Init();

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    public Product? FindBySku(string sku) =>
        Query($"SELECT {Columns} FROM products WHERE sku = $sku", ReadProduct, ("$sku", sku)).FirstOrDefault();

    /// <summary>The first products by number: the oldest, which sell best.</summary>
    public IReadOnlyList<Product> Bestsellers(int count) =>
        Query($"SELECT {Columns} FROM products ORDER BY sku LIMIT $count", ReadProduct, ("$count", count));

    /// <summary>Every product, by sku.</summary>
    public IReadOnlyList<Product> ReadAll() => Query($"SELECT {Columns} FROM products ORDER BY sku", ReadProduct);

    public IReadOnlyList<CategoryCount> Categories() =>
        Query(
            "SELECT category, COUNT(*) FROM products GROUP BY category ORDER BY category",
            row => new CategoryCount(row.GetString(0), row.GetInt32(1)));

    /// <summary>One page of a category, cheapest first.</summary>
    public IReadOnlyList<Product> ListCategory(string category, int page, int pageSize) =>
        Query(
            $"SELECT {Columns} FROM products WHERE category = $category ORDER BY price_cents, sku LIMIT $size OFFSET $skip",
            ReadProduct,
            ("$category", category),
            ("$size", pageSize),
            ("$skip", page * pageSize));

    /// <summary>How many products of a category a supplier has, and their mean list price in cents.</summary>
    public (int Products, double MeanPriceCents) SupplierRange(string supplier, string category) =>
        Query(
            "SELECT COUNT(*), AVG(list_price_cents) FROM products WHERE supplier = $supplier AND category = $category",
            row => (row.GetInt32(0), row.IsDBNull(1) ? 0 : row.GetDouble(1)),
            ("$supplier", supplier),
            ("$category", category))[0];

    /// <summary>Takes pieces from the stock; <c>false</c>, and nothing taken, when there are not so many.</summary>
    public bool TakeStock(string sku, int quantity)
    {
        lock (_writing)
        {
            using SqliteConnection connection = OpenForWriting();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE products SET stock = stock - $quantity WHERE sku = $sku AND stock >= $quantity";
            command.Parameters.AddWithValue("$sku", sku);
            command.Parameters.AddWithValue("$quantity", quantity);
            return command.ExecuteNonQuery() == 1;
        }
    }

    /// <summary>Sets today's prices in one transaction.</summary>
    public void SetPrices(IReadOnlyCollection<(string Sku, int PriceCents)> prices)
    {
        lock (_writing)
        {
            using SqliteConnection connection = OpenForWriting();
            using SqliteTransaction transaction = connection.BeginTransaction();
            using SqliteCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "UPDATE products SET price_cents = $price WHERE sku = $sku";
            SqliteParameter sku = command.Parameters.Add("$sku", SqliteType.Text);
            SqliteParameter price = command.Parameters.Add("$price", SqliteType.Integer);
            foreach ((string Sku, int PriceCents) change in prices)
            {
                sku.Value = change.Sku;
                price.Value = change.PriceCents;
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    /// <summary>Closes the pooled connections, so that the file can be removed.</summary>
    public void Dispose()
    {
        using SqliteConnection connection = new(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    // The file does not outlive the program, so no commit needs to wait for the disk.
    private SqliteConnection OpenForWriting()
    {
        SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF";
        command.ExecuteNonQuery();
        return connection;
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
            command.Parameters.AddWithValue(name, value);

        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private static Product ReadProduct(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetInt32(4),
            row.GetInt32(5),
            row.GetInt32(6),
            row.GetString(7));
}
