import bootstrap from './bootstrap';
import config from './config';
import controllers from './controllers';
import destroy from './destroy';
import middlewares from './middlewares';
import offered from './public-services';
import register from './register';
import routes from './routes';

export default {
  register,
  bootstrap,
  destroy,
  config,
  controllers,
  middlewares,
  routes,
  services: offered,
};
