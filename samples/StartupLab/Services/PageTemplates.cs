using System.Linq.Expressions;
using System.Reflection;

namespace StartupLab;

/// <summary>Turns page templates into code: an expression tree each, compiled, and rendered once.</summary>
internal sealed class PageTemplates
{
    private const int Templates = 24;

    private static readonly MethodInfo Concat = typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])!;
    private static readonly PropertyInfo[] Fields = [typeof(Article).GetProperty(nameof(Article.Title))!, typeof(Article).GetProperty(nameof(Article.Topic))!, typeof(Article).GetProperty(nameof(Article.Body))!];

    private readonly List<Func<Article, string>> _templates = [];

    public void Compile()
    {
        var sample = new Article(0, "title", "topic", "body");
        for (int i = 0; i < Templates; i++)
        {
            Func<Article, string> template = Template(steps: 30 + i);
            if (template(sample).Length == 0)
                throw new InvalidOperationException($"Template {i} renders nothing.");
            _templates.Add(template);
        }
    }

    private static Func<Article, string> Template(int steps)
    {
        ParameterExpression article = Expression.Parameter(typeof(Article));
        Expression page = Expression.Constant("<html>");
        for (int step = 0; step < steps; step++)
        {
            Expression field = Expression.Property(article, Fields[step % Fields.Length]);
            Expression shown = Expression.Condition(
                Expression.GreaterThan(Expression.Property(field, nameof(string.Length)), Expression.Constant(step % 5)), field, Expression.Constant("-"));
            page = Expression.Add(page, shown, Concat);
        }
        return Expression.Lambda<Func<Article, string>>(page, article).Compile();
    }
}
