namespace LuoHandlers.Benchmarks.Generation;

/// <summary>How many handlers a project has, one a file, and how many other files; those have an attribute, too, but another one.</summary>
public sealed record ProjectShape(int Handlers, int OtherFiles)
{
    /// <summary>What is measured: a few handlers in a large project, as most are, and many in a small one.</summary>
    public static IEnumerable<ProjectShape> All => [new(1, 200), new(10, 200), new(10, 2000), new(100, 200), new(1000, 200)];

    /// <inheritdoc/>
    public override string ToString() => $"{Handlers} in {Handlers + OtherFiles} files";
}
