using System.Diagnostics.CodeAnalysis;
using LuoHandlers;
using LuoHandlers.Vfs;

namespace Constructing;

public sealed class Plain : LuoFile;

public abstract class Base
{
    protected bool CanPreserve(Plain file) => true;

    protected void Preserve()
    {
    }

    protected void Unpreserve()
    {
    }

    protected Plain Retrieve() => new();

    protected void Finish()
    {
    }
}

[LiveUpdateFileHandler("argument-v1")]
public sealed partial class ArgumentHandler(string argument) : Base
{
    public string Argument { get; } = argument;
}

[LiveUpdateFileHandler("private-v1")]
public sealed partial class PrivateConstructorHandler : Base
{
    private PrivateConstructorHandler()
    {
    }

    public static PrivateConstructorHandler Instance { get; } = new();
}

[LiveUpdateFileHandler("required-v1")]
public sealed partial class RequiredHandler : Base
{
    public required string Member { get; init; }
}

[LiveUpdateFileHandler("sets-required-v1")]
public sealed partial class SetsRequiredHandler : Base
{
    [SetsRequiredMembers]
    public SetsRequiredHandler() => Member = "";

    public required string Member { get; init; }
}

[LiveUpdateFileHandler("optional-v1")]
public sealed partial class OptionalArgumentHandler(string argument = "") : Base
{
    public string Argument { get; } = argument;
}

/// <summary>Not sealed, and old.</summary>
[LiveUpdateFileHandler("internal-v1")]
internal partial class InternalConstructorHandler : Base
{
    [System.Obsolete("Use something else.")]
    internal InternalConstructorHandler()
    {
    }

    [System.Obsolete]
    private void Freeze()
    {
    }
}
