export { coveredBy, isWorldOpen, parseCidr } from '../../core/cidr.js';
