using LuoHandlers.Memory;

namespace LuoHandlers.Kho;

/// <summary>
/// Memory that was handed over breaks its own format in a way that Linux does not check: it would read or free memory that is not there.
/// </summary>
public sealed class InvalidHandoverException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="address">Where the fault is.</param>
    /// <param name="field">Which structure or field.</param>
    /// <param name="fault">What is wrong with it, to follow the field in a sentence.</param>
    public InvalidHandoverException(PhysicalAddress address, string field, string fault)
        : base($"The handed-over memory is not valid: {field} at {address} {fault}.")
    {
        Address = address;
        Field = field;
        Fault = fault;
    }

    /// <summary>Where the fault is.</summary>
    public PhysicalAddress Address { get; }

    /// <summary>Which structure or field.</summary>
    public string Field { get; }

    /// <summary>What is wrong with it.</summary>
    public string Fault { get; }
}
