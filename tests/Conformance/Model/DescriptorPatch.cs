namespace LuoHandlers.Conformance.Model;

/// <summary>Where in the bytes of a raw ioctl argument the number of a descriptor is written.</summary>
internal sealed record DescriptorPatch
{
    public required int Off { get; init; }

    public required Descriptor Fd { get; init; }
}
