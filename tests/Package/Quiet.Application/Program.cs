using Quiet.Library;

// Gets the package through the library, and knows nothing of it.
Console.WriteLine(Clock.MeasureBoot() > TimeSpan.Zero ? "OK" : "no time passed");
