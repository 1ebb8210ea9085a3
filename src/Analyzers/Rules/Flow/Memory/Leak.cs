using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>Something that is taken, and a failure after it that leaves it taken.</summary>
internal sealed record Leak(IOperation Taking, IOperation Failure)
{
    /// <summary>Whether it is the next turn of a loop that fails, in the call that took in this one.</summary>
    public bool IsInLoop => Taking.Syntax == Failure.Syntax;

    /// <summary>The line of the failure, as an editor counts.</summary>
    public int FailureLine => Failure.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
