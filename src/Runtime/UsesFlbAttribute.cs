namespace LuoHandlers;

/// <summary>
/// Makes all files of a handler depend on an FLB: it is preserved before the first of them and finished after the last. Preserve, Unpreserve,
/// Freeze, Unfreeze and Retrieve of the handler may take the FLB's object as a parameter.
/// </summary>
/// <remarks>A handler's FLBs are linked in the order of these attributes, when the handler is registered with a kernel.</remarks>
/// <typeparam name="TFlb">A class with <see cref="LiveUpdateFlbAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class UsesFlbAttribute<TFlb> : Attribute
    where TFlb : class;
