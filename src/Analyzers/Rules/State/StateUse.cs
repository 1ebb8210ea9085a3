using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>What a method, or several, do with the members of a state.</summary>
internal sealed class StateUse
{
    /// <summary>The fields, or the properties that they belong to, that are written.</summary>
    public HashSet<ISymbol> Written { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Those of them that are written with anything but the constant zero.</summary>
    public HashSet<ISymbol> WrittenNotZero { get; } = new(SymbolEqualityComparer.Default);

    public HashSet<ISymbol> Read { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Those that are compared with zero: reserved, whatever they are called.</summary>
    public HashSet<ISymbol> ComparedWithZero { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The methods of the handler that are called, or of which a delegate is made.</summary>
    public HashSet<ISymbol> Calls { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the state as a whole comes from where it can't be seen what was written.</summary>
    public bool WritesAll { get; set; }

    /// <summary>Whether the state as a whole goes where it can't be seen what is read.</summary>
    public bool ReadsAll { get; set; }

    /// <summary>Whether the state is mentioned at all.</summary>
    public bool MentionsState { get; set; }

    /// <summary>Whether something is returned that is no failure, and not just an exception thrown.</summary>
    public bool ReturnsValue { get; set; }

    public void Add(StateUse other)
    {
        Written.UnionWith(other.Written);
        WrittenNotZero.UnionWith(other.WrittenNotZero);
        Read.UnionWith(other.Read);
        ComparedWithZero.UnionWith(other.ComparedWithZero);
        WritesAll |= other.WritesAll;
        ReadsAll |= other.ReadsAll;
        MentionsState |= other.MentionsState;
    }
}
