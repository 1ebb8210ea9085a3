using LuoHandlers.Memory;

namespace LuoHandlers.Images;

/// <summary>A file is no memory image, or one that contradicts itself.</summary>
public sealed class InvalidImageException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="field">Which field or part of the image.</param>
    /// <param name="offset">Where it is in the file; null if it is in no one place.</param>
    /// <param name="fault">What is wrong with it, to follow the field in a sentence.</param>
    public InvalidImageException(string field, long? offset, string fault)
        : this(field, offset, fault, [])
    {
    }

    internal InvalidImageException(string field, long? offset, string fault, IReadOnlyList<PhysicalAddress> roots)
        : base($"The memory image can't be read: {field}{(offset is { } place ? $" at file offset 0x{place:x}" : "")} {fault}.")
    {
        Field = field;
        Offset = offset;
        Fault = fault;
        Roots = roots;
    }

    /// <summary>Which field or part of the image.</summary>
    public string Field { get; }

    /// <summary>Where it is in the file; null if it is in no one place.</summary>
    public long? Offset { get; }

    /// <summary>What is wrong with it.</summary>
    public string Fault { get; }

    /// <summary>
    /// The addresses that could be the root of the handover, if the image does not tell which one is: choose one by <see cref="ImageOptions.Root"/>.
    /// </summary>
    public IReadOnlyList<PhysicalAddress> Roots { get; }
}
