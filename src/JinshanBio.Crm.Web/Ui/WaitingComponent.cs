using Microsoft.AspNetCore.Components;

namespace JinshanBio.Crm.Web.Ui;

/// <summary>
/// What every page and part derives from: drawn when what it shows has been read, not before. The framework draws a component a first time while it
/// still waits, which a page rendered once on the server has no use for; and nothing it shows is there yet then.
/// </summary>
public abstract class WaitingComponent : ComponentBase
{
    private bool _initialized;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!_initialized)
        {
            _initialized = true;
            OnInitialized();
            await OnInitializedAsync();
        }
        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }
}
