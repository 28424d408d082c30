using Microsoft.Data.Sqlite;
using PerfKit.Instrumentation;

namespace QuickStart;

/// <summary>Fills an empty database from the data file, in one transaction.</summary>
internal static class CatalogueLoader
{
    // A load that fails is thrown away with its file, so it needs no journal; serving does.
    private const string BeforeLoad = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;";
    private const string AfterLoad = "PRAGMA journal_mode = WAL;";

    private const string Schema = """
        CREATE TABLE products (
            id INTEGER PRIMARY KEY,
            sku TEXT NOT NULL,
            name TEXT NOT NULL,
            category TEXT NOT NULL,
            description TEXT NOT NULL,
            list_price_cents INTEGER NOT NULL,
            price_cents INTEGER NOT NULL,
            stock INTEGER NOT NULL,
            supplier TEXT NOT NULL);
        """;

    private const string Indexes = """
        CREATE UNIQUE INDEX products_by_sku ON products (sku);
        CREATE INDEX products_by_category ON products (category, price_cents);
        CREATE INDEX products_by_supplier ON products (supplier, category, list_price_cents);
        """;

    private const string Insert = """
        INSERT INTO products (sku, name, category, description, list_price_cents, price_cents, stock, supplier)
        VALUES ($sku, $name, $category, $description, $price, $price, $stock, $supplier)
        """;

    public static void Load(CatalogueDatabase database, string file, StartupScope scope)
    {
        using SqliteConnection connection = database.Open();
        using (scope.BeginDependency("schema"))
            Execute(connection, BeforeLoad + Schema);
        using (scope.BeginDependency("bulk load"))
            InsertAll(connection, CatalogueFile.Read(file));
        using (scope.BeginDependency("indexes"))
            Execute(connection, Indexes + AfterLoad);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void InsertAll(SqliteConnection connection, IEnumerable<Product> products)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Insert;
        SqliteParameter sku = command.Parameters.Add("$sku", SqliteType.Text);
        SqliteParameter name = command.Parameters.Add("$name", SqliteType.Text);
        SqliteParameter category = command.Parameters.Add("$category", SqliteType.Text);
        SqliteParameter description = command.Parameters.Add("$description", SqliteType.Text);
        SqliteParameter price = command.Parameters.Add("$price", SqliteType.Integer);
        SqliteParameter stock = command.Parameters.Add("$stock", SqliteType.Integer);
        SqliteParameter supplier = command.Parameters.Add("$supplier", SqliteType.Text);
        foreach (Product product in products)
        {
            sku.Value = product.Sku;
            name.Value = product.Name;
            category.Value = product.Category;
            description.Value = product.Description;
            price.Value = product.ListPriceCents;
            stock.Value = product.Stock;
            supplier.Value = product.Supplier;
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
