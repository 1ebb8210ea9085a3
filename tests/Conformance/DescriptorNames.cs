using LuoHandlers.Conformance.Model;

namespace LuoHandlers.Conformance;

/// <summary>The names that steps have given to descriptors. A name that is bound to nothing stands for -1.</summary>
internal sealed class DescriptorNames
{
    private const int Unbound = -1;

    private readonly Dictionary<string, int> _numbers = [];

    public int this[Descriptor descriptor] =>
        descriptor.Name is null ? descriptor.Number : _numbers.GetValueOrDefault(descriptor.Name, Unbound);

    public void Bind(string? name, int number)
    {
        if (name is not null)
            _numbers[name] = number;
    }

    public void Unbind(Descriptor descriptor)
    {
        if (descriptor.Name is not null)
            _numbers.Remove(descriptor.Name);
    }
}
