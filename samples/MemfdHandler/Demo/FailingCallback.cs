namespace MemfdHandlerSample.Demo;

/// <summary>Which callback shall fail once.</summary>
internal enum FailingCallback
{
    None,
    Preserve,
    Freeze,
    Retrieve,
    CanFinish,
}
