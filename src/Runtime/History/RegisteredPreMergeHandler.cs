using System.Text;

namespace LuoHandlers.History;

/// <summary>A handler and what it was registered with.</summary>
internal sealed class RegisteredPreMergeHandler(IPreMergeFileHandler handler, object? argument)
{
    private readonly byte[] _compatible = handler.Compatible.ToArray();

    public IPreMergeFileHandler Handler { get; } = handler;

    public object? Argument { get; } = argument;

    public ReadOnlySpan<byte> Compatible => _compatible;

    /// <summary>The compatible string for people.</summary>
    public string Name => Encoding.UTF8.GetString(_compatible);
}
