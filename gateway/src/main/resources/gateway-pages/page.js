fetch('/docs/contracts.json')
  .then(response => response.json())
  .then(contracts => SwaggerUIBundle({
    urls: contracts,
    dom_id: '#contracts',
    deepLinking: true,
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: 'StandaloneLayout',
  }));
